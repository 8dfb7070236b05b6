-- What customers pay, for what they cost to be held against. Fill it from billing; the last row for a customer and a month
-- counts:
--   INSERT INTO costattr.costattr_customer_prices (customer_id, month, paid_usd) VALUES ('cust_4291', '2026-11-01', 50)
CREATE TABLE IF NOT EXISTS costattr.costattr_customer_prices
(
    customer_id String COMMENT 'As the application says it; hashed where customer ids are hashed',
    month       Date COMMENT 'First day of the month',
    paid_usd    Decimal(18, 2) COMMENT 'What the customer pays for that month',
    active_users UInt64 DEFAULT 0 COMMENT 'Users of the customer who were active in it; 0 when not known',
    set_at      DateTime('UTC') DEFAULT now()
)
ENGINE = ReplacingMergeTree(set_at)
ORDER BY (month, customer_id);
