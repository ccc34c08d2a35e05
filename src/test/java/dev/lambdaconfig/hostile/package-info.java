/** Generators of hostile input, seeded, and the tests that need nothing but them. */
@NullMarked
package dev.lambdaconfig.hostile;

import org.jspecify.annotations.NullMarked;
