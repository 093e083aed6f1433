//! Versions of the kernel: which of a step's citations hold for one, and where its source can be
//! read. Pure: the versions are those that a race cites.

use racewalk_engine::model::Source;

/// The versions that the citations name, oldest first, each once.
pub(crate) fn versions<'a>(sources: impl Iterator<Item = &'a Source>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for version in sources.flat_map(|it| &it.versions) {
        let place = found.iter().position(|it| order(it) >= order(version));
        match place {
            Some(place) if found[place] == *version => {}
            Some(place) => found.insert(place, version.clone()),
            None => found.push(version.clone()),
        }
    }
    found
}

/// The citations that hold for `version`; all of them, where a race names no version.
pub(crate) fn holding<'a>(
    sources: &'a [Source],
    version: Option<&'a str>,
) -> impl Iterator<Item = &'a Source> {
    sources.iter().filter(move |it| {
        it.versions.is_empty()
            || version.is_none_or(|version| it.versions.iter().any(|v| v == version))
    })
}

/// The address at which a function's definition can be looked up in a version.
pub(crate) fn address(source: &Source, version: Option<&str>) -> String {
    let version = version.unwrap_or("latest");
    let name = source.function.strip_suffix("()").unwrap_or(&source.function);
    if !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_') {
        return format!("https://elixir.bootlin.com/linux/{version}/A/ident/{name}");
    }
    format!("https://elixir.bootlin.com/linux/{version}/source/{}", source.file)
}

/// The numbers in a version, by which versions are ordered: `v6.12` comes after `v6.1`.
fn order(version: &str) -> Vec<u32> {
    version.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(file: &str, function: &str, versions: &[&str]) -> Source {
        Source {
            file: file.to_owned(),
            function: function.to_owned(),
            versions: versions.iter().map(|&it| it.to_owned()).collect(),
        }
    }

    #[test]
    fn versions_are_ordered_by_number() {
        let cited = [source("a", "b", &["v6.12", "v7.2"]), source("a", "b", &["v6.1", "v6.12"])];
        assert_eq!(versions(cited.iter()), ["v6.1", "v6.12", "v7.2"]);
    }

    #[test]
    fn a_version_chooses_its_citations() {
        let cited = [
            source("mm/gup.c", "gup_pte_range", &["v6.1"]),
            source("mm/gup.c", "gup_fast_pte_range", &["v6.12", "v7.2"]),
            source("mm/memory.c", "zap_pte_range", &[]),
        ];
        let names = |version| -> Vec<&str> {
            holding(&cited, version).map(|it| it.function.as_str()).collect()
        };
        assert_eq!(names(Some("v7.2")), ["gup_fast_pte_range", "zap_pte_range"]);
        assert_eq!(names(None).len(), 3);
    }

    #[test]
    fn an_address_has_its_version() {
        let cited = source("mm/gup.c", "gup_pte_range", &[]);
        assert_eq!(
            address(&cited, Some("v6.1")),
            "https://elixir.bootlin.com/linux/v6.1/A/ident/gup_pte_range"
        );
        let odd = source("mm/gup.c", "the top", &[]);
        assert_eq!(
            address(&odd, Some("v6.1")),
            "https://elixir.bootlin.com/linux/v6.1/source/mm/gup.c"
        );
    }
}
