CREATE TRIGGER operator_acts_not_changed BEFORE UPDATE ON operator_acts BEGIN SELECT RAISE(ABORT, 'operator_acts is append-only'); END;
CREATE TRIGGER operator_acts_not_deleted BEFORE DELETE ON operator_acts BEGIN SELECT RAISE(ABORT, 'operator_acts is append-only'); END;
