/**
 * The proxies between the operator and AWS, as the environment names them.
 *
 * <p>It opens no connection, and prints no credentials.
 */
@NullMarked
package dev.lambdaconfig.proxy;

import org.jspecify.annotations.NullMarked;
