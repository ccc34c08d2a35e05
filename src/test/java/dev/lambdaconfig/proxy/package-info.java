/** Tests of the variables that name proxies. */
@NullMarked
package dev.lambdaconfig.proxy;

import org.jspecify.annotations.NullMarked;
