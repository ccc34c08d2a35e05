/**
 * The state of each managed function of a Region as last seen, and the functions that a page of a
 * list shows to have changed. Calls, and times at which they are made, do not belong here.
 */
@NullMarked
package dev.lambdaconfig.aws.sweep.watched;

import org.jspecify.annotations.NullMarked;
