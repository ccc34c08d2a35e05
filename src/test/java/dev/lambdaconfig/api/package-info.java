/** Tests of reading resources that another version of the schema accepted. */
@NullMarked
package dev.lambdaconfig.api;

import org.jspecify.annotations.NullMarked;
