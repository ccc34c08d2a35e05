@NullMarked
package dev.lambdaconfig.kube.http;

import org.jspecify.annotations.NullMarked;
