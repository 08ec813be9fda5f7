//! Texts as they come from files and variables: nearly right, mostly.

use std::fmt::Display;
use std::str::FromStr;

use ce::prelude::*;
use ce::security::Action;
use ce::storage::BucketName;

use super::dice::Dice;

const NEARLY: [&str; 16] = [
    "eu-west-1",
    "us-gov-west-1",
    "111111111111",
    "10.0.0.0/16",
    "255.255.255.255/32",
    "tcp/443",
    "udp/1-65535",
    "30 days",
    "90",
    "512/1024",
    "0.5",
    "my-bucket.example",
    "db.r6g.large",
    "cache.r6g.large",
    "sun:09:30-sun:10:30",
    "s3:GetObject",
];
const ODD: [char; 14] = ['0', '9', '-', '/', '.', ':', ' ', '*', '_', 'a', 'Z', '\0', 'ß', '🦀'];

pub(super) fn read(dice: &mut Dice) {
    let text = text(dice);
    comes_back::<Region>(&text);
    comes_back::<Account>(&text);
    comes_back::<Cidr>(&text);
    comes_back::<Port>(&text);
    comes_back::<Acu>(&text);
    comes_back::<InstanceClass>(&text);
    comes_back::<NodeType>(&text);
    comes_back::<BackupRetention>(&text);
    comes_back::<DailyWindow>(&text);
    comes_back::<WeeklyWindow>(&text);
    comes_back::<MonitoringInterval>(&text);
    comes_back::<TaskSize>(&text);
    comes_back::<BucketName>(&text);
    comes_back::<Action>(&text);
    comes_back::<Retention>(&text);
}

/// What is read can be written, and is the same when it is read again; what is refused is named in the refusal.
fn comes_back<T>(text: &str)
where
    T: FromStr<Err: Display> + Display,
{
    match text.parse::<T>() {
        Ok(value) => {
            let written = value.to_string();
            let again = written.parse::<T>().unwrap_or_else(|error| panic!("`{text}` is written `{written}`: {error}"));
            assert_eq!(again.to_string(), written, "`{text}`");
        }
        Err(error) => assert!(error.to_string().contains(text), "`{text}` is refused with `{error}`"),
    }
}

fn text(dice: &mut Dice) -> String {
    let mut letters: Vec<char> = dice.pick(&NEARLY).chars().collect();
    for _ in 0..dice.of_range(0..=3) {
        let place = dice.of_range(0..=u32::try_from(letters.len()).expect("short")) as usize;
        match dice.of_range(0..=2) {
            0 => letters.insert(place, dice.pick(&ODD)),
            1 if place < letters.len() => drop(letters.remove(place)),
            _ if place < letters.len() => letters[place] = dice.pick(&ODD),
            _ => {}
        }
    }
    letters.into_iter().collect()
}
