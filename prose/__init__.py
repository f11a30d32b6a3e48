"""Rich text: schemas, marks, steps. Knows no case."""
