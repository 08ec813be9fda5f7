//! The six fields of a cron expression, checked where the compiler can do it.
//!
//! Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based>

const MINUTES: usize = 0;
const HOURS: usize = 1;
const DAY_OF_MONTH: usize = 2;
const MONTH: usize = 3;
const DAY_OF_WEEK: usize = 4;
const FIELDS: usize = 6;

const MONTHS: [&[u8]; 12] =
    [b"JAN", b"FEB", b"MAR", b"APR", b"MAY", b"JUN", b"JUL", b"AUG", b"SEP", b"OCT", b"NOV", b"DEC"];
const DAYS: [&[u8]; 7] = [b"SUN", b"MON", b"TUE", b"WED", b"THU", b"FRI", b"SAT"];

/// Minutes, hours, day of the month, month, day of the week, year; exactly one of the two days is `?`.
pub(super) const fn is_cron(text: &[u8]) -> bool {
    let (mut field, mut from, mut place, mut open) = (0, 0, 0, 0);
    while place <= text.len() {
        if place == text.len() || text[place] == b' ' {
            if field == FIELDS {
                return false;
            }
            if is_day(field) && place == from + 1 && text[from] == b'?' {
                open += 1;
            } else if !is_field(text, from, place, field) {
                return false;
            }
            field += 1;
            from = place + 1;
        }
        place += 1;
    }
    field == FIELDS && open == 1
}

const fn is_day(field: usize) -> bool {
    field == DAY_OF_MONTH || field == DAY_OF_WEEK
}

/// Parts with commas, ranges and steps between them.
const fn is_field(text: &[u8], from: usize, to: usize, field: usize) -> bool {
    let (mut start, mut place, mut step) = (from, from, false);
    while place <= to {
        if place == to || text[place] == b',' || text[place] == b'-' || text[place] == b'/' {
            if !(if step { is_number(text, start, place, 1, 9_999) } else { is_part(text, start, place, field) }) {
                return false;
            }
            step = place < to && text[place] == b'/';
            start = place + 1;
        }
        place += 1;
    }
    true
}

const fn is_part(text: &[u8], from: usize, to: usize, field: usize) -> bool {
    if to == from + 1 && text[from] == b'*' {
        return true;
    }
    if field == MONTH && is_one_of(text, from, to, &MONTHS) || field == DAY_OF_WEEK && is_one_of(text, from, to, &DAYS)
    {
        return true;
    }
    if is_day(field) && is_special_day(text, from, to, field) {
        return true;
    }
    let (low, high) = match field {
        MINUTES => (0, 59),
        HOURS => (0, 23),
        DAY_OF_MONTH => (1, 31),
        MONTH => (1, 12),
        DAY_OF_WEEK => (1, 7),
        _ => (1970, 2199),
    };
    is_number(text, from, to, low, high)
}

/// The last day (`L`, `LW`, `5L`), the working day nearest to one (`15W`), the third Friday (`6#3`).
const fn is_special_day(text: &[u8], from: usize, to: usize, field: usize) -> bool {
    if from == to {
        return false;
    }
    let last = text[to - 1];
    if to == from + 1 {
        return last == b'L';
    }
    if field == DAY_OF_MONTH {
        let last_working_day = to == from + 2 && text[from] == b'L';
        return last == b'W' && (last_working_day || is_number(text, from, to - 1, 1, 31));
    }
    if last == b'L' {
        return is_number(text, from, to - 1, 1, 7);
    }
    to == from + 3
        && text[from + 1] == b'#'
        && is_number(text, from, from + 1, 1, 7)
        && is_number(text, to - 1, to, 1, 5)
}

const fn is_number(text: &[u8], from: usize, to: usize, low: u32, high: u32) -> bool {
    if from == to || to - from > 4 {
        return false;
    }
    let (mut place, mut number) = (from, 0);
    while place < to {
        if !text[place].is_ascii_digit() {
            return false;
        }
        number = number * 10 + (text[place] - b'0') as u32;
        place += 1;
    }
    low <= number && number <= high
}

const fn is_one_of(text: &[u8], from: usize, to: usize, names: &[&[u8]]) -> bool {
    let mut known = 0;
    while known < names.len() {
        let name = names[known];
        let mut place = 0;
        while place < name.len() && from + place < to && text[from + place] == name[place] {
            place += 1;
        }
        if place == name.len() && from + place == to {
            return true;
        }
        known += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_cron;

    #[test]
    fn forms_are_told_apart() {
        let right = [
            "0 3 * * ? *",
            "0/15 8-17 ? * MON-FRI *",
            "30 4 ? * 2 *",
            "0 9 1 * ? *",
            "0 0 L * ? *",
            "0 0 15W * ? *",
            "0 0 LW * ? *",
            "0 12 ? * 6#3 2026-2030",
            "5,35 0 ? JAN,JUL 6L *",
            "0 8 1 1/6 ? *",
            "0 0 ? * L *",
        ];
        for text in right {
            assert!(is_cron(text.as_bytes()), "{text}");
        }
        let wrong = [
            "",
            "0 3 * * *",
            "0 3 * * ? * *",
            "0 3 * * * *",
            "0 3 ? * ? *",
            "60 3 * * ? *",
            "0 24 * * ? *",
            "0 3 32 * ? *",
            "0 3 * 13 ? *",
            "0 3 ? * 8 *",
            "0 3 ? * MONDAY *",
            "0  3 * * ? *",
            "a 3 * * ? *",
            "0 3 * * ? 1969",
            "0/ 3 * * ? *",
            "? 3 * * ? *",
            "0 3 ? * 6#6 *",
            "0 3 W * ? *",
        ];
        for text in wrong {
            assert!(!is_cron(text.as_bytes()), "{text}");
        }
    }
}
