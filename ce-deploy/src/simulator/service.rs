//! The simulated service: every place, stack and change set, and what will happen when.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use ce_synth::schema::Schemas;

use super::bucket::Buckets;
use super::change_set::{ChangeSet, ChangeSetKey};
use super::control::ControlRequest;
use super::dice::mix;
use super::drift::Detection;
use super::fault::Active;
use super::ledger::{Clash, Deed, Loss};
use super::place::{PlaceKey, PlaceState};
use super::refactor::Refactor;
use super::settings::Settings;
use super::stack::{Stack, StackKey};
use super::template::{Library, Pseudo};
use crate::cloud::Place;
use crate::engine::{Moment, Span};

/// Everything there is.
#[derive(Clone, Debug)]
pub(super) struct Service {
    pub(super) settings: Settings,
    pub(super) schemas: &'static Schemas,
    pub(super) now: Moment,
    pub(super) places: Vec<PlaceState>,
    pub(super) stacks: Vec<Stack>,
    pub(super) change_sets: Vec<ChangeSet>,
    pub(super) detections: Vec<Detection>,
    pub(super) refactors: Vec<Refactor>,
    pub(super) controls: Vec<ControlRequest>,
    pub(super) buckets: Buckets,
    /// Alarms by ARN, and when they go off.
    pub(super) alarms: BTreeMap<String, Option<Moment>>,
    /// Files that calls may name, without a disk.
    pub(super) files: BTreeMap<PathBuf, Arc<str>>,
    pub(super) library: Library,
    pub(super) faults: Active,
    pub(super) deeds: Vec<Deed>,
    pub(super) clashes: Vec<Clash>,
    pub(super) losses: Vec<Loss>,
    /// Pages of change sets that a fault has left something out of.
    pub(super) dropped: BTreeSet<(String, Option<String>)>,
    /// How long the last answer takes beyond the ordinary.
    pub(super) delay: Span,
    /// How much older than the settings say the next read is.
    pub(super) more_lag: Span,
    tasks: BTreeMap<(Moment, u64), Task>,
    serial: u64,
}

/// Something that will happen.
#[derive(Clone, Debug)]
pub(super) enum Task {
    /// A change set is worked out.
    ChangeSet(ChangeSetKey),
    /// A step of an operation ends.
    Step {
        /// The stack.
        stack: StackKey,
        /// Its operation, to tell it from a later one.
        run: u64,
        /// The step.
        step: usize,
    },
    /// A refactoring is worked out, or executed.
    Refactor(usize),
    /// A resource is changed past its stack.
    Control(usize),
    /// The time in which alarms are watched is over.
    Watched {
        /// The stack.
        stack: StackKey,
        /// Its operation.
        run: u64,
    },
    /// An alarm goes off.
    Alarm,
}

impl Service {
    pub(super) fn new(settings: Settings, schemas: &'static Schemas) -> Self {
        Self {
            settings,
            schemas,
            now: Moment(0),
            places: Vec::new(),
            stacks: Vec::new(),
            change_sets: Vec::new(),
            detections: Vec::new(),
            refactors: Vec::new(),
            controls: Vec::new(),
            buckets: Buckets::default(),
            alarms: BTreeMap::new(),
            files: BTreeMap::new(),
            library: Library::default(),
            faults: Active::default(),
            deeds: Vec::new(),
            clashes: Vec::new(),
            losses: Vec::new(),
            dropped: BTreeSet::new(),
            delay: Span(0),
            more_lag: Span(0),
            tasks: BTreeMap::new(),
            serial: 0,
        }
    }

    /// Lets everything happen that happens until a moment. Time never goes back.
    pub(super) fn advance(&mut self, now: Moment) {
        while let Some(entry) = self.tasks.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let ((at, _), task) = entry.remove_entry();
            self.now = self.now.max(at);
            self.perform(&task);
        }
        self.now = self.now.max(now);
    }

    /// When the next thing happens.
    pub(super) fn next_task(&self) -> Option<Moment> {
        self.tasks.first_key_value().map(|((at, _), _)| *at)
    }

    fn perform(&mut self, task: &Task) {
        match *task {
            Task::ChangeSet(key) => self.work_out_change_set(key),
            Task::Step { stack, run, step } => self.end_step(stack, run, step),
            Task::Refactor(at) => self.refactor_goes_on(at),
            Task::Control(at) => self.end_control(at),
            Task::Watched { stack, run } => self.end_watching(stack, run),
            Task::Alarm => self.alarm(),
        }
    }

    pub(super) fn after(&mut self, span: Span, task: Task) {
        self.serial += 1;
        self.tasks.insert((self.now + span, self.serial), task);
    }

    pub(super) fn serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// The next of an unending row of numbers that only the seed decides.
    pub(super) fn mint(&mut self) -> u64 {
        mix((self.serial() ^ self.settings.seed.rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// An id in the form of a UUID.
    pub(super) fn uuid(&mut self) -> String {
        let (one, other) = (self.mint(), self.mint());
        let text = format!("{one:016x}{other:016x}");
        [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
    }

    pub(super) fn place_key(&mut self, place: &Place) -> PlaceKey {
        if let Some(key) = self.find_place(place) {
            return key;
        }
        self.places.push(PlaceState::new(place.clone()));
        PlaceKey(self.places.len() - 1)
    }

    pub(super) fn find_place(&self, place: &Place) -> Option<PlaceKey> {
        self.places.iter().position(|known| known.place == *place).map(PlaceKey)
    }

    pub(super) fn place(&self, key: PlaceKey) -> &PlaceState {
        &self.places[key.0]
    }

    pub(super) fn place_mut(&mut self, key: PlaceKey) -> &mut PlaceState {
        &mut self.places[key.0]
    }

    pub(super) fn stack(&self, key: StackKey) -> &Stack {
        &self.stacks[key.0]
    }

    pub(super) fn stack_mut(&mut self, key: StackKey) -> &mut Stack {
        &mut self.stacks[key.0]
    }

    /// The stack that a stack is nested in, the outermost; itself when it is not nested.
    pub(super) fn root(&self, mut key: StackKey) -> StackKey {
        while let Some((parent, _)) = self.stack(key).parent {
            key = parent;
        }
        key
    }

    pub(super) fn pseudo(&self, key: StackKey, notification_arns: &[String]) -> Pseudo {
        let stack = self.stack(key);
        let place = &self.place(stack.place).place;
        Pseudo {
            account: place.account.clone(),
            region: place.region.clone(),
            stack_id: stack.id.clone(),
            stack_name: stack.name.clone(),
            notification_arns: notification_arns.to_vec(),
        }
    }

    /// Pseudo parameters of a stack that is not there yet.
    pub(super) fn pseudo_of_new(&self, place: PlaceKey, name: &str) -> Pseudo {
        let place = &self.place(place).place;
        let (account, region) = (place.account.clone(), place.region.clone());
        Pseudo { account, region, stack_name: name.to_owned(), ..Pseudo::default() }
    }
}
