//! What a report is computed from.

use std::collections::BTreeMap;
use std::iter;
use std::num::NonZero;
use std::panic;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ce_synth::{App, Assembly, Findings};

use super::synthesize;

/// A finished assembly, before it is written, and the app that it came from.
pub struct Synthesis<'a> {
    pub(super) name: &'a str,
    pub(super) assembly: &'a Assembly,
    pub(super) context: &'a BTreeMap<String, String>,
    pub(super) home: Option<&'a Path>,
    pub(super) build: &'a (dyn Fn(&App) + Sync),
}

impl std::fmt::Debug for Synthesis<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Synthesis")
            .field("assembly", self.assembly)
            .field("context", self.context)
            .finish_non_exhaustive()
    }
}

impl Synthesis<'_> {
    /// The assembly.
    pub fn assembly(&self) -> &Assembly {
        self.assembly
    }

    /// A value that the app was given with `-c key=value`.
    pub fn context(&self, key: &str) -> Option<&str> {
        self.context.get(key).map(String::as_str)
    }

    /// The folder of the app's package, when cargo runs it.
    pub fn home(&self) -> Option<&Path> {
        self.home
    }

    /// The same app as other values of its context make it, such as its other environments. Each is synthesized in
    /// memory, as many at a time as there are processors, and handed to `read`; the results come in the order of
    /// `contexts`. Values that are not named stay as they are.
    ///
    /// # Errors
    /// With the findings of the first that has errors.
    pub fn variants<'v, T: Send>(
        &self,
        contexts: impl IntoIterator<Item: IntoIterator<Item = (&'v str, &'v str)>>,
        read: impl Fn(&Assembly) -> T + Sync,
    ) -> Result<Vec<T>, Findings> {
        // The assembly itself stays in its thread: only what made it goes to others.
        let Self { name, context, build, .. } = *self;
        let with = |values: Vec<(&str, &str)>| {
            let mut context = context.clone();
            context.extend(values.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())));
            context
        };
        let contexts: Vec<_> = contexts.into_iter().map(|values| with(values.into_iter().collect())).collect();
        let variant =
            |context: &BTreeMap<String, String>| synthesize(name, context, build).map(|assembly| read(&assembly));
        in_order(&contexts, &variant).into_iter().collect()
    }
}

/// What `make` gives for each, made by as many threads as there are processors, this one among them: each holds one app
/// at a time.
fn in_order<C: Sync, T: Send>(all: &[C], make: &(impl Fn(&C) -> T + Sync)) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || {
        let taken = iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)).filter(|place| *place < all.len()));
        taken.map(|place| (place, make(&all[place]))).collect::<Vec<_>>()
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(all.len());
    let mut made: Vec<(usize, T)> = thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_else(|cause| panic::resume_unwind(cause)));
        }
        made
    });
    made.sort_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, made)| made).collect()
}
