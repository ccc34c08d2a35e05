/**
 * Which function a resource names, which other resources name it, and whether the policy lets it.
 *
 * <p>Answers from specs and from the cache alone; what AWS says of a function comes in elsewhere.
 */
@NullMarked
package dev.lambdaconfig.controller.resource;

import org.jspecify.annotations.NullMarked;
