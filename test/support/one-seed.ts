import fc from 'fast-check'

// Properties try the same lives in every run, so that a run is red because of what was changed, and not by luck. The
// luck is sought with `npm run test:properties`, which tries as many other seeds as are asked for.
fc.configureGlobal({ seed: Number(process.env['PROPERTY_SEED'] ?? 20_261_122) })
