/**
 * What was last seen of each managed function of a Region, and which of them a page of a list shows
 * to have changed. Calls, and times at which they are made, do not belong here.
 */
@NullMarked
package dev.lambdaconfig.aws.sweep.watched;

import org.jspecify.annotations.NullMarked;
