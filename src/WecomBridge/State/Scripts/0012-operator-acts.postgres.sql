CREATE FUNCTION operator_acts_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'operator_acts is append-only'; END $$;
CREATE TRIGGER operator_acts_stay BEFORE UPDATE OR DELETE ON operator_acts FOR EACH ROW EXECUTE FUNCTION operator_acts_stay();
