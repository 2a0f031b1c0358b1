//! From paths to a filled library: reads and annotates in parallel, stores in batches, reports as it goes.
