//! check_again
