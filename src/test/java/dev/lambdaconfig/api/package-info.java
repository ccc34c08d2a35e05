/** How resources are read that another version of the schema let in. */
@NullMarked
package dev.lambdaconfig.api;

import org.jspecify.annotations.NullMarked;
