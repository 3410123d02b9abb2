"""What several annotators say, compared and settled: functions of values that store nothing."""
