//! The disk of the program that is played, as far as the file of outputs goes.

/// The disk of the program that is played. A run that is killed leaves it as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    outputs: Option<String>,
    beside: Option<String>,
}

impl Disk {
    /// The file of outputs; none if there is none yet.
    pub(super) fn outputs(&self) -> Option<String> {
        self.outputs.clone()
    }

    /// Writes a file beside the one that is read.
    pub(super) fn write_beside(&mut self, text: &str) {
        self.beside = Some(text.to_owned());
    }

    /// The file beside becomes the one that is read, at once.
    pub(super) fn take_its_place(&mut self) {
        if let Some(text) = self.beside.take() {
            self.outputs = Some(text);
        }
    }
}
