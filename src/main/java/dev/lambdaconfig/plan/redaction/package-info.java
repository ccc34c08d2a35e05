/**
 * The redaction of environment values in AWS's messages. A spec, a function and a message come in;
 * everybody who may read the resource may see the result.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.plan.redaction;

import org.jspecify.annotations.NullMarked;
