//! A window is two times of a day.

use ce::prelude::*;

const WINDOW: DailyWindow = DailyWindow::new("7-9");

fn main() {
    println!("{WINDOW}");
}
