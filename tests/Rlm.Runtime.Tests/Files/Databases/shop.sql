-- sqlite3 shop.db < shop.sql makes shop.db, in which small pages make trees and overflow of few rows.
PRAGMA page_size = 512;
CREATE TABLE orders (id INTEGER PRIMARY KEY, who TEXT NOT NULL DEFAULT 'nobody', amount REAL, day TEXT CHECK (day LIKE '2026-%, %' OR 1), code);
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
INSERT INTO orders SELECT i * 10, 'Ann ' || i, i / 4.0, '2026-03-' || printf('%02d', 1 + i % 28), printf('%05d', i) FROM n;
INSERT INTO orders VALUES (-5, 'Zoë, "B."', -9223372036854775808, NULL, 9223372036854775807);
INSERT INTO orders VALUES (1000, replace(hex(zeroblob(400)), '00', 'long '), 1e300, '', x'00FF');
ALTER TABLE orders ADD COLUMN state TEXT DEFAULT 'new, as it came';
ALTER TABLE orders ADD COLUMN part INTEGER DEFAULT -7;
INSERT INTO orders VALUES (1001, 'last', 0, 'a
b', 'c', 'paid', 255);
CREATE TABLE "two words" ([the key] INTEGER, `a "b"` VARCHAR(10, 2), half AS (x / 2), x INT, y AS (x + 1) STORED, CONSTRAINT k PRIMARY KEY ([the key]));
INSERT INTO "two words" VALUES (7, 'q', 10);
CREATE TABLE empty (a, b);
CREATE TABLE one (a);
INSERT INTO one VALUES (NULL), (1);
CREATE TABLE pairs (a TEXT, b TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID;
INSERT INTO pairs VALUES ('x', 'y');
CREATE TABLE down (id INTEGER PRIMARY KEY DESC, v);
INSERT INTO down VALUES (5, 'v');
CREATE INDEX by_who ON orders (who);
CREATE VIEW big AS SELECT * FROM orders WHERE amount > 5;
