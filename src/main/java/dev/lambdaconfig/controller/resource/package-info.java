/**
 * Which function a resource names, and which other resources name it.
 *
 * <p>Answers from specs and from the cache alone; what AWS says of a function comes in elsewhere.
 */
@NullMarked
package dev.lambdaconfig.controller.resource;

import org.jspecify.annotations.NullMarked;
