//! Tests of the whole live beside this file, one a question; each says in its first lines which.
