/**
 * Environment values taken out of AWS's messages. A spec, a function and a message come in; what
 * goes out may be shown to everybody who may read the resource.
 *
 * <p>Pure: no clock, no I/O, no logging, no library but JSpecify.
 */
@NullMarked
package dev.lambdaconfig.plan.redaction;

import org.jspecify.annotations.NullMarked;
