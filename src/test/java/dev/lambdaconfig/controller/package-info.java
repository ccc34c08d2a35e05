/** What of the controller needs no API server. */
@NullMarked
package dev.lambdaconfig.controller;

import org.jspecify.annotations.NullMarked;
