//! Maps and sets with a quick hash: what is counted is small and many, and nobody sends names to slow it down.

use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// A map in the order in which things came.
pub type Map<K, V> = IndexMap<K, V, FxBuildHasher>;
/// A set in the order in which things came.
pub(super) type List<T> = IndexSet<T, FxBuildHasher>;
/// A map to look things up in.
pub(super) type Lookup<K, V> = FxHashMap<K, V>;
