//! ce-synth
