"""Questions to a store, one module a family; plain functions, no state."""
