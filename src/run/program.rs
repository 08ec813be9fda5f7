//! An app, and what is computed from its assembly.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use ce_synth::{App, Assembly};

use super::arguments::Arguments;
use super::{Attachment, RunError, Surroundings, Synthesis, finish};

type Reporter<'a> = Box<dyn Fn(&Synthesis<'_>) -> Result<Option<Attachment>, Box<dyn Error>> + 'a>;

/// An app that is about to run; made by [`app`].
#[must_use = "an app does nothing until it runs"]
pub struct Program<'a> {
    build: Box<dyn Fn(&App) + Sync + 'a>,
    reports: Vec<Reporter<'a>>,
}

/// An app that is built with `build`, for [`Program::report`]; without reports, [`run`](super::run()) is shorter.
///
/// ```no_run
/// use std::error::Error;
///
/// use ce::prelude::*;
/// use ce::run::{Attachment, Synthesis};
///
/// fn platform(app: &App) {
///     app.stack("Network", Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production));
/// }
///
/// fn inventory(synthesis: &Synthesis<'_>) -> Result<Option<Attachment>, Box<dyn Error>> {
///     let stacks = synthesis.assembly().stacks();
///     let list: String = stacks.map(|stack| format!("{}: {}\n", stack.name(), stack.resources().len())).collect();
///     Ok(Some(Attachment::new("inventory", "written").file("inventory.txt", list)))
/// }
///
/// fn main() -> std::process::ExitCode {
///     ce::app(platform).report(inventory).run()
/// }
/// ```
pub fn app<'a>(build: impl Fn(&App) + Sync + 'a) -> Program<'a> {
    Program { build: Box::new(build), reports: Vec::new() }
}

impl<'a> Program<'a> {
    /// Adds what `report` computes from the finished assembly: files beside the templates, and a line on the screen.
    /// `None` adds nothing; an error leaves everything as it was and ends the run with exit code 3. `--no-reports`
    /// leaves all of them out.
    pub fn report(
        mut self,
        report: impl Fn(&Synthesis<'_>) -> Result<Option<Attachment>, Box<dyn Error>> + 'a,
    ) -> Self {
        self.reports.push(Box::new(report));
        self
    }

    /// Builds, synthesizes, computes and writes; the process's arguments and variables say how.
    pub fn run(&self) -> ExitCode {
        let surroundings = Surroundings::of_process();
        ExitCode::from(self.run_in(&surroundings, &mut io::stdout().lock(), &mut io::stderr().lock()))
    }

    /// [`run`](Self::run) with everything it takes from the process given, for tests; gives the exit code.
    pub fn run_in(&self, surroundings: &Surroundings, output: &mut dyn Write, errors: &mut dyn Write) -> u8 {
        let report = |assembly: &Assembly, arguments: &Arguments| self.attachments(surroundings, assembly, arguments);
        finish(surroundings, &self.build, report, output, errors)
    }

    fn attachments(
        &self,
        surroundings: &Surroundings,
        assembly: &Assembly,
        arguments: &Arguments,
    ) -> Result<Vec<Attachment>, RunError> {
        let synthesis = Synthesis {
            name: &surroundings.program,
            assembly,
            context: &arguments.context,
            home: arguments.home.as_deref(),
            build: &*self.build,
        };
        let wanted = if arguments.reports { &self.reports[..] } else { &[] };
        let added = wanted.iter().map(|report| report(&synthesis).map_err(RunError::Report));
        Ok(added.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}
