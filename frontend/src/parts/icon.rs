//! The page's own small pictures. It knows nothing.

use yew::prelude::*;

/// A picture on a control.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sign {
    Start,
    Back,
    Play,
    Pause,
    Forward,
    End,
}

/// A picture on a control.
pub(crate) fn icon(sign: Sign) -> Html {
    let path = match sign {
        Sign::Start => "M2 2H4V12H2zM12 2V12L5 7z",
        Sign::Back => "M8 2V12L2 7zM9 2H11V12H9z",
        Sign::Play => "M3 1V13L13 7z",
        Sign::Pause => "M3 2H6V12H3zM8 2H11V12H8z",
        Sign::Forward => "M6 2V12L12 7zM3 2H5V12H3z",
        Sign::End => "M10 2H12V12H10zM2 2V12L9 7z",
    };
    html! { <svg class="icon" viewBox="0 0 14 14" aria-hidden="true"><path d={path} /></svg> }
}

/// The mark of the page.
pub(crate) fn brand() -> Html {
    html! {
        <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
            <path class="frame" d="M1 1H23V23H1z" />
            <path class="lost" d="M12 1H23V12H12z" />
            <path class="walk" d="M1 5.5H8V12H17V7" />
        </svg>
    }
}

/// The octagon that stands for what is broken.
pub(crate) fn octagon() -> Html {
    html! {
        <svg class="octagon" viewBox="0 0 24 24" aria-hidden="true">
            <path class="fill" d="M7 1H17L23 7V17L17 23H7L1 17V7z" />
            <path class="cross" d="M7.5 7.5l9 9M16.5 7.5l-9 9" />
        </svg>
    }
}

/// What stands in its place when nothing is broken: a tick, or dots while that is not known.
pub(crate) fn round(known: bool) -> Html {
    html! {
        <svg class="round" viewBox="0 0 24 24" aria-hidden="true">
            <circle cx="12" cy="12" r="10.5" />
            if known {
                <path key="tick" d="M6.5 12.5l3.8 4l7-8.5" />
            } else {
                <path key="dots" class="dots" d="M7 12h.01M12 12h.01M17 12h.01" />
            }
        </svg>
    }
}
