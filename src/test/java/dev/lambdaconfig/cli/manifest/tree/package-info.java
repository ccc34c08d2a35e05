@NullMarked
package dev.lambdaconfig.cli.manifest.tree;

import org.jspecify.annotations.NullMarked;
