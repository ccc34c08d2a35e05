/**
 * The findings of {@code validate} as values, and in the formats that people, editors and CI read.
 *
 * <p>Texts only: decides nothing, and writes to no stream.
 */
@NullMarked
package dev.lambdaconfig.cli.validate.report;

import org.jspecify.annotations.NullMarked;
