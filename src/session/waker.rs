//! How work beside the screen says that it has something to tell.

use std::fmt;
use std::sync::Arc;

/// Wakes whoever waits for something to happen. Cheap to clone and to call from any thread; calling it often is as good
/// as once, and calling it when nobody waits any more does nothing.
#[derive(Clone)]
pub struct Waker(Arc<dyn Fn() + Send + Sync>);

impl Waker {
    /// A waker that calls `wake`, which must return at once.
    #[must_use]
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(wake))
    }

    /// Says that there is something to look at.
    pub fn wake(&self) {
        (self.0)();
    }
}

impl Default for Waker {
    /// A waker that wakes nobody.
    fn default() -> Self {
        Self::new(|| ())
    }
}

impl fmt::Debug for Waker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Waker")
    }
}
