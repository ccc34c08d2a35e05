package dev.lambdaconfig.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Random choices, and the settings that specs and functions have in the same form. */
abstract class RandomSettings {

  private final Random random;

  RandomSettings(Random random) {
    this.random = random;
  }

  final ObjectNode image(String entryPoint, String command, String workingDirectory) {
    return block(
        b -> {
          maybe(() -> b.set(entryPoint, some("e1", "e2")));
          maybe(() -> b.set(command, some("c1", "c2")));
          maybe(() -> b.put(workingDirectory, pick("", "/w1", "/w2")));
        });
  }

  final ObjectNode durable(String timeout, String days, String key, boolean emptyKey) {
    ObjectNode durable = TestSpecs.object().put(timeout, pick(60, 90));
    maybe(() -> durable.put(days, pick(7, 14)));
    maybe(() -> durable.put(key, emptyKey ? pick("", "key-a") : "key-a"));
    return durable;
  }

  final ObjectNode capacity(String arn, String concurrency, String memory) {
    ObjectNode capacity = TestSpecs.object().put(arn, pick("provider-a", "provider-b"));
    maybe(() -> capacity.put(concurrency, pick(1, 8)));
    maybe(() -> capacity.put(memory, pick(2.0, 2.5)));
    return capacity;
  }

  final ArrayNode mounts(String arn, String path) {
    ArrayNode mounts = TestSpecs.object().putArray("x");
    if (random.nextInt(3) > 0) {
      mounts.add(
          TestSpecs.object().put(arn, pick("ap-a", "ap-b")).put(path, pick("/mnt/a", "/mnt/b")));
    }
    return mounts;
  }

  final ObjectNode variables() {
    return block(
        b -> {
          for (String key : List.of("AA", "BB", "CC")) {
            maybe(() -> b.put(key, Generator.CANARY + pick("-1", "-2", "\"\n\\")));
          }
        });
  }

  final ArrayNode some(String... values) {
    List<String> items = new ArrayList<>(List.of(values));
    Collections.shuffle(items, random);
    ArrayNode array = TestSpecs.object().putArray("x");
    items.subList(0, random.nextInt(items.size() + 1)).forEach(array::add);
    return array;
  }

  static ObjectNode one(String name, String value) {
    return TestSpecs.object().put(name, value);
  }

  static ObjectNode block(Consumer<ObjectNode> content) {
    ObjectNode block = TestSpecs.object();
    content.accept(block);
    return block;
  }

  final void maybe(Runnable what) {
    if (random.nextInt(3) > 0) {
      what.run();
    }
  }

  @SafeVarargs
  final <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  final boolean flip() {
    return random.nextBoolean();
  }

  final boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  final void shuffle(ObjectNode in, String name) {
    if (in.get(name) instanceof ArrayNode array) {
      List<JsonNode> items = new ArrayList<>();
      array.forEach(items::add);
      Collections.shuffle(items, random);
      in.putArray(name).addAll(items);
    }
  }
}
