/** Tests of which functions resources name. */
@NullMarked
package dev.lambdaconfig.controller.resource;

import org.jspecify.annotations.NullMarked;
