/**
 * Generates the tables and pictures of the documentation, and checks the rest of it against the
 * code.
 */
@NullMarked
package dev.lambdaconfig.docs;

import org.jspecify.annotations.NullMarked;
