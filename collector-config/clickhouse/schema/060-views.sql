-- What dashboards and people read: the last computation of each sum, without the machinery.
CREATE VIEW IF NOT EXISTS costattr.costattr_hourly AS
SELECT * EXCEPT computed_at FROM costattr.costattr_sums_by_hour FINAL;

CREATE VIEW IF NOT EXISTS costattr.costattr_customer_hourly AS
SELECT * EXCEPT computed_at FROM costattr.costattr_customer_sums_by_hour FINAL;

CREATE VIEW IF NOT EXISTS costattr.costattr_daily AS
SELECT * EXCEPT computed_at FROM costattr.costattr_sums_by_day FINAL;

CREATE VIEW IF NOT EXISTS costattr.costattr_customer_daily AS
SELECT * EXCEPT computed_at FROM costattr.costattr_customer_sums_by_day FINAL;
