//! A simulated cloud behind a socket: the service, its clock, its faults, and a count of what it was asked.

use std::collections::BTreeMap;

use ce_deploy::cloud::Failure;
use ce_deploy::engine::Moment;
use ce_deploy::wire::{Caller, Dialect, Reply, Request, Response, Service, refusal, respond};

use super::budget::Budget;
use super::clock::Clock;
use super::fault::{Fault, FaultKind};
use super::tally::Tally;

/// A simulated cloud that is served.
pub struct Cloud {
    service: Box<dyn Service + Send>,
    clock: Clock,
    seed: u64,
    faults: Vec<(Fault, u64)>,
    requests_per_second: Option<f64>,
    budgets: BTreeMap<String, Budget>,
    tally: Tally,
}

impl Cloud {
    /// A cloud in which a second takes a second and nothing goes wrong.
    pub fn new(service: impl Service + Send + 'static) -> Self {
        Self {
            service: Box::new(service),
            clock: Clock::start(1.0),
            seed: 0,
            faults: Vec::new(),
            requests_per_second: None,
            budgets: BTreeMap::new(),
            tally: Tally::default(),
        }
    }

    /// The clock. Default: the present, at its own pace.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// What decides which requests a fault strikes. Default: 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// What goes wrong; of several that strike one request the first is played. Default: nothing.
    pub fn faults(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.faults.extend(faults.into_iter().map(|fault| (fault, 0)));
        self
    }

    /// How many requests to CloudFormation an account takes each second, in real time; one second's worth may come at
    /// once. What is above is throttled. Default: any number.
    pub fn requests_per_second(mut self, requests: f64) -> Self {
        self.requests_per_second = Some(requests);
        self
    }

    /// What it was asked so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Answers a request.
    pub fn answer(&mut self, request: &Request) -> Reply {
        let now = self.clock.now();
        let operation = operation(request);
        self.tally.count(&operation);
        if self.is_over_budget(request) {
            return self.refuse(request, &Failure::answered("Throttling", "Rate exceeded"), now);
        }
        match self.struck(&operation) {
            None => respond(self.service.as_mut(), now, request),
            Some(kind) => match kind.refusal() {
                Some(failure) => self.refuse(request, &failure, now),
                None => spoilt(kind, respond(self.service.as_mut(), now, request)),
            },
        }
    }

    fn struck(&mut self, operation: &str) -> Option<FaultKind> {
        let seed = self.seed;
        let about = self.faults.iter_mut().filter(|(fault, _)| fault.is_about(operation));
        // Every fault counts the requests it is about, also those that another has struck.
        let struck: Vec<_> = about
            .filter_map(|(fault, count)| {
                *count += 1;
                fault.strikes(seed, *count).then_some(fault.kind)
            })
            .collect();
        struck.first().copied()
    }

    fn is_over_budget(&mut self, request: &Request) -> bool {
        let Some(rate) = self.requests_per_second else { return false };
        let Ok(caller) = Caller::of(request) else { return false };
        if caller.service != "cloudformation" {
            return false;
        }
        let account = caller.target.place.account;
        !self.budgets.entry(account).or_insert_with(|| Budget::new(rate)).takes_one()
    }

    fn refuse(&mut self, request: &Request, failure: &Failure, now: Moment) -> Reply {
        if failure.code == "Throttling" {
            self.tally.throttled += 1;
        }
        let protocol = Caller::of(request).ok().and_then(|caller| caller.protocol());
        refusal(failure, protocol.map_or(Dialect::Query, Dialect::from), &format!("refused-{}", now.0))
    }
}

/// What becomes of an answer that is given but does not arrive well.
fn spoilt(kind: FaultKind, reply: Reply) -> Reply {
    let Reply::Whole(response) = reply else { return reply };
    match kind {
        FaultKind::BrokenAnswer => Reply::Broken(response),
        FaultKind::TruncatedAnswer => {
            let half = response.body.len() / 2;
            Reply::Whole(Response { body: response.body[..half].to_vec(), ..response })
        }
        FaultKind::GarbledAnswer => {
            let swapped = |byte: &u8| if matches!(byte, b'<' | b'{') { b'?' } else { *byte };
            Reply::Whole(Response { body: response.body.iter().map(swapped).collect(), ..response })
        }
        _ => Reply::Nothing,
    }
}

/// What is asked for: an action, a JSON operation, or what S3 calls it.
fn operation(request: &Request) -> String {
    if let Some(target) = request.value_of("x-amz-target") {
        return target.rsplit('.').next().unwrap_or_default().to_owned();
    }
    let form = std::str::from_utf8(&request.body).unwrap_or_default();
    let action = form.split('&').find_map(|pair| pair.strip_prefix("Action="));
    let is_query = Caller::of(request).is_ok_and(|caller| caller.service != "s3");
    match action.filter(|_| is_query) {
        Some(action) => action.to_owned(),
        None => of_s3(request).to_owned(),
    }
}

fn of_s3(request: &Request) -> &'static str {
    let has_key = request.path.trim_start_matches('/').split_once('/').is_some_and(|(_, key)| !key.is_empty());
    let asks = |name: &str| request.query.split('&').any(|pair| pair == name || pair.starts_with(&format!("{name}=")));
    match (request.method.as_str(), has_key) {
        ("HEAD", true) => "HeadObject",
        ("HEAD", false) => "HeadBucket",
        ("GET", true) => "GetObject",
        ("PUT", true) => "PutObject",
        ("GET", false) if asks("list-type") => "ListObjectsV2",
        ("GET", false) if asks("location") => "GetBucketLocation",
        ("GET", false) if asks("versioning") => "GetBucketVersioning",
        ("GET", false) if asks("encryption") => "GetBucketEncryption",
        _ => "unknown",
    }
}
