//! Debian's packages, for what the tests need and cargo does not bring.

use std::io;
use std::process::Command;

use crate::run::{exists, output, run};
use crate::{Error, Result};

/// Whether packages can be installed here: on Debian, as root.
pub(crate) fn may_install() -> bool {
    let user = output(Command::new("id").arg("-u"));
    exists("apt-get") && user.is_some_and(|id| id.trim() == "0")
}

/// Installs packages, and says so.
pub(crate) fn install(what: &str, packages: &[&str]) -> Result {
    println!("Installing {what} from Debian's packages …");
    let install = run(apt().args(["update", "-qq"])).and_then(|()| {
        run(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages))
    });
    install.map_err(|source| Error::Install {
        tool: what.to_owned(),
        source: Box::new(source),
        by_hand: format!("apt-get install {}", packages.join(" ")),
    })
}

fn apt() -> Command {
    let mut apt = Command::new("apt-get");
    // It must not wait for an answer that nobody gives, and its chatter is no result.
    apt.env("DEBIAN_FRONTEND", "noninteractive").stdout(io::stderr());
    apt
}
