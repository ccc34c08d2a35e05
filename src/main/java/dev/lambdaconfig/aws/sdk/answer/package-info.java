/**
 * The checks of an answer before anything is taken from it.
 *
 * <p>An endpoint that answers 200 has not described a function yet. What an answer says of a
 * function's settings is not judged here.
 */
@NullMarked
package dev.lambdaconfig.aws.sdk.answer;

import org.jspecify.annotations.NullMarked;
