/** Tests of what is reported of reconciles. */
@NullMarked
package dev.lambdaconfig.controller.report;

import org.jspecify.annotations.NullMarked;
