"""Posts that tell the same claim: what people ruled, how groups change, the record of it."""
