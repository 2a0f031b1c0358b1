//! The reader: `State`, `update(state, event) -> effects`, `view(&state, frame)`.
