-- The rule of domain/acutecare.py and domain/readmission.py once more, as one query of window functions.
-- $gap and $horizon are days; the names in braces are files.
COPY (
WITH cohort AS (
  SELECT row_number() OVER () AS place, person_id, entry_date::DATE AS entry, death_date::DATE AS died,
         observed_until::DATE AS seen
  FROM read_csv('{cohort}', all_varchar=true, header=true)
), spells AS (
  SELECT person_id, service, provider, start::DATE AS s, "end"::DATE AS e
  FROM read_csv('{spells}', all_varchar=true, header=true)
), latest AS (
  SELECT greatest(max(s), max(e)) AS day FROM spells
), people AS (
  SELECT place, person_id, entry, died, coalesce(seen, latest.day) AS seen,
         least(coalesce(seen, latest.day), died) AS close_on, entry + 1 AS lo, entry + $horizon AS hi
  FROM cohort, latest
), kept AS (
  SELECT place, service, s, max(e) AS e
  FROM spells JOIN people USING (person_id)
  WHERE service IN {services} AND (e IS NULL OR e >= s) AND s <= seen AND (died IS NULL OR s <= died)
  GROUP BY place, service, provider, s
), held AS (
  SELECT place, entry, lo, hi, service, s, e IS NULL AS was_open, least(coalesce(e, close_on), close_on) AS e
  FROM kept JOIN people USING (place)
), reached AS (
  SELECT *, max(e) OVER (PARTITION BY place ORDER BY s, e ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            AS reach
  FROM held
), numbered AS (
  SELECT *, sum(CASE WHEN reach IS NULL OR s - reach > $gap THEN 1 ELSE 0 END)
            OVER (PARTITION BY place ORDER BY s, e ROWS UNBOUNDED PRECEDING) AS episode
  FROM reached
), opened AS (
  SELECT *, min(s) OVER (PARTITION BY place, episode) AS first FROM numbered
), summed AS (
  SELECT place, any_value(entry) AS entry,
         bool_or(was_open AND s <= entry) AND bool_or(s > entry) AS is_unknown,
         min(s) FILTER (WHERE s = first AND s > entry AND s <= hi) AS readmitted_on,
         sum(greatest(0, least(e - 1, hi) - greatest(s, lo, reach) + 1)) AS nights,
         sum(greatest(0, least(e, hi) - greatest(s, lo, reach + 1) + 1)) AS days
  FROM opened GROUP BY place
), firsts AS (
  SELECT place, string_agg(DISTINCT service, '+' ORDER BY service) AS services
  FROM opened JOIN summed USING (place) WHERE s = readmitted_on GROUP BY place
), told AS (
  SELECT people.*, services, nights, days, readmitted_on,
         CASE WHEN is_unknown THEN 'index_end_unknown' WHEN readmitted_on IS NOT NULL THEN 'readmitted'
              WHEN died <= least(hi, seen) THEN 'died'
              WHEN people.person_id NOT IN (SELECT person_id FROM spells) THEN 'no_records'
              WHEN seen < hi THEN 'censored' ELSE 'not_readmitted' END AS status
  FROM people LEFT JOIN summed USING (place) LEFT JOIN firsts USING (place)
)
SELECT person_id,
       CASE WHEN status = 'readmitted' THEN 1 WHEN status IN ('not_readmitted', 'died') THEN 0 END AS readmitted,
       CASE WHEN status = 'readmitted' THEN readmitted_on - entry END AS day,
       CASE WHEN status = 'readmitted' THEN services END AS first_service,
       CASE WHEN status NOT IN ('no_records', 'index_end_unknown') THEN coalesce(nights, 0) END AS nights,
       CASE WHEN status NOT IN ('no_records', 'index_end_unknown') THEN coalesce(days, 0) END AS calendar_days,
       CASE WHEN status <> 'no_records' THEN greatest(0, least(hi, close_on) - entry) END AS followed_days,
       status
FROM told ORDER BY place
) TO '{out}' (FORMAT csv, HEADER true)
