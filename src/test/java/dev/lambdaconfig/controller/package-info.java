@NullMarked
package dev.lambdaconfig.controller;

import org.jspecify.annotations.NullMarked;
