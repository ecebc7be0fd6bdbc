//! How the program looks: themes as files, and the styles that the views draw with.
//!
//! A theme file (`themes/*.ron`) names colours in a palette and says which role takes which. [`Library::load`] joins the
//! built-in ones and the user's own, and reports what it could not use without ever refusing. [`Theme::at`] brings a
//! theme down to the colours that the terminal has, once, and the [`Styles`] it gives are all that a view ever sees.
//!
//! ```
//! use emic::screen::theme::{AUTO, Depth, Library, Mode, Role, When};
//!
//! let (library, faults) = Library::load([]); // the user's files, as (name, text)
//! assert!(faults.is_empty());
//! let depth = Depth::detect(When::Auto, |name| std::env::var(name).ok());
//! let (theme, warning) = library.choose(AUTO, Mode::Dark, depth);
//! assert_eq!(warning, None);
//! let styles = theme.at(depth);
//! let (dim, overlap) = (styles.style(Role::Dim), styles.tint_of(&[0, 3]));
//! assert_ne!(dim, overlap);
//! ```
//!
//! This folder reads no files and no environment: sources and a way to look variables up are handed in.

mod colour;
mod depth;
mod draft;
mod ink;
#[cfg(test)]
mod legible;
mod library;
#[cfg(test)]
mod mock;
mod quantise;
mod role;
mod styles;

pub use colour::{Oklab, Rgb};
pub use depth::{Depth, When};
pub(in crate::screen) use draft::{Entries, Reader};
pub use draft::{Fault, Mode};
pub use ink::Ink;
pub use library::{AUTO, Library};
pub use quantise::{rgb_of, to_16, to_256};
pub use role::Role;
pub use styles::{CodeStyle, Styles};

use ratatui::style::Modifier;

/// A theme with everything it inherits, for any depth.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    id: String,
    name: String,
    mode: Mode,
    sibling: Option<String>,
    contrast: f64,
    roles: Vec<Paint>,
    codes: Vec<CodePaint>,
    /// What stands for each role where there is no colour.
    bare: Vec<Modifier>,
}

/// What a role looks like; what is `None` stays as it was underneath.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Paint {
    fg: Option<Ink>,
    bg: Option<Ink>,
    modifier: Modifier,
}

/// One of the colours that codes can have.
#[derive(Clone, Debug, PartialEq)]
struct CodePaint {
    name: String,
    fg: Ink,
    /// `None`: mixed from the ground and `fg`.
    tint: Option<Ink>,
}

impl Theme {
    /// What it is called by: the name of its file without `.ron`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it is called on the screen.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The ground that it is made for.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The id of the same theme for the other ground, where it has one.
    #[must_use]
    pub fn sibling(&self) -> Option<&str> {
        self.sibling.as_deref()
    }

    /// The contrast, as WCAG counts it, that colours mixed at run time keep to the text on them.
    #[must_use]
    pub const fn contrast(&self) -> f64 {
        self.contrast
    }

    /// The theme in the colours that the terminal has. Costs about a millisecond: at start and on change, not a frame.
    #[must_use]
    pub fn at(&self, depth: Depth) -> Styles {
        Styles::of(self, depth)
    }
}
