package dev.lambdaconfig.simulator;

import org.jspecify.annotations.Nullable;

/** Where functions live: the same name in another account or Region is another function. */
record Place(String account, String region) {

  String functionArn(String name, @Nullable String qualifier) {
    String arn = "arn:aws:lambda:" + region + ":" + account + ":function:" + name;
    return qualifier == null ? arn : arn + ":" + qualifier;
  }
}
