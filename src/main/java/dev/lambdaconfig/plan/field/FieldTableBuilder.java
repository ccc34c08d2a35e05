package dev.lambdaconfig.plan.field;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.model.Value.Flag;
import dev.lambdaconfig.model.Value.Structure;
import dev.lambdaconfig.plan.field.Field.Clearing;
import dev.lambdaconfig.plan.field.Field.Default;
import dev.lambdaconfig.plan.field.Field.Shape;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The builders of the rows of {@link FieldTable}. */
final class FieldTableBuilder {

  private FieldTableBuilder() {}

  /** Begins the row of a member that is one field. */
  static Single single(
      String name, String path, Function<LambdaFunctionConfigSpec, @Nullable Object> reading) {
    return new Single(name, path, reading);
  }

  /** Begins the row of a member that is a structure of fields. */
  static <B> Block<B> block(
      String name, String path, Function<LambdaFunctionConfigSpec, @Nullable B> reading) {
    return new Block<>(name, path, reading);
  }

  /** Begins a field of a block. */
  static <B> Part<B> field(String path, String at, Function<B, @Nullable Object> reading) {
    return new Part<>(path, at, reading);
  }

  /** Builds the row of a member that is one field. */
  static final class Single {
    private final String name;
    private final String path;
    private final Function<LambdaFunctionConfigSpec, @Nullable Object> reading;
    private Shape shape = Shape.PLAIN;
    private Default defaultValue = Default.NOTHING;
    private @Nullable Value cleared;
    private Predicate<LambdaFunctionConfigSpec> merges = spec -> false;
    private Function<Structure, @Nullable Value> observed;

    private Single(
        String name, String path, Function<LambdaFunctionConfigSpec, @Nullable Object> reading) {
      this.name = name;
      this.path = path;
      this.reading = reading;
      this.observed = configuration -> configuration.at(name);
    }

    Single shape(Shape shape) {
      this.shape = shape;
      return this;
    }

    Single defaultValue(Value defaultValue) {
      this.defaultValue = Default.at(defaultValue);
      return this;
    }

    Single cleared(Value cleared) {
      this.cleared = cleared;
      return this;
    }

    Single merging(Predicate<LambdaFunctionConfigSpec> merges) {
      this.merges = merges;
      return this;
    }

    Single observed(Function<Structure, @Nullable Value> observed) {
      this.observed = observed;
      return this;
    }

    Member build() {
      Value clear = cleared;
      Clearing clearing = clear == null ? Clearing.REFUSED : Clearing.SENT_EMPTY;
      Field field = new Field(path, List.of(), shape, clearing, defaultValue);
      return new Member(
          name,
          path,
          List.of(field),
          spec -> {
            Object value = reading.apply(spec);
            return value == null ? null : Map.of(field, valueOf(value));
          },
          merges,
          observed,
          null,
          clear == null ? null : function -> clear,
          (named, values) -> null);
    }
  }

  /** Builds the row of a member that is a structure. */
  static final class Block<B> {
    private final String name;
    private final String path;
    private final Function<LambdaFunctionConfigSpec, @Nullable B> reading;
    private final List<Part<B>> parts = new ArrayList<>();
    private final List<String> inside = new ArrayList<>();
    private Function<Structure, @Nullable Value> observed;
    private Predicate<LambdaFunctionConfigSpec> merges = spec -> false;
    private @Nullable List<String> unreadable;
    private @Nullable Function<ObservedFunction, Value> cleared;
    private BiFunction<Set<Field>, Map<Field, Value>, @Nullable Value> finish =
        (named, values) -> null;

    private Block(
        String name, String path, Function<LambdaFunctionConfigSpec, @Nullable B> reading) {
      this.name = name;
      this.path = path;
      this.reading = reading;
      this.observed = configuration -> configuration.at(name);
    }

    Block<B> with(Part<B> part) {
      parts.add(part);
      return this;
    }

    /** Places the fields in a structure inside the member. */
    Block<B> inside(String structure) {
      inside.add(structure);
      return this;
    }

    Block<B> observed(Function<Structure, @Nullable Value> observed) {
      this.observed = observed;
      return this;
    }

    Block<B> merging(Predicate<LambdaFunctionConfigSpec> merges) {
      this.merges = merges;
      return this;
    }

    Block<B> unreadable(String... at) {
      this.unreadable = List.of(at);
      return this;
    }

    Block<B> cleared(Value payload) {
      return cleared(function -> payload);
    }

    Block<B> cleared(Function<ObservedFunction, Value> payload) {
      this.cleared = payload;
      return this;
    }

    Block<B> finish(BiFunction<Set<Field>, Map<Field, Value>, @Nullable Value> finish) {
      this.finish = finish;
      return this;
    }

    Member build() {
      Map<Field, Part<B>> fields = new LinkedHashMap<>();
      for (Part<B> part : parts) {
        List<String> at = new ArrayList<>(inside);
        at.add(part.at);
        fields.put(
            new Field(path + "." + part.path, at, part.shape, part.clearing, part.defaultValue),
            part);
      }
      return new Member(
          name,
          path,
          List.copyOf(fields.keySet()),
          spec -> read(fields, spec),
          merges,
          observed,
          unreadable,
          cleared,
          finish);
    }

    private @Nullable Map<Field, Value> read(
        Map<Field, Part<B>> fields, LambdaFunctionConfigSpec spec) {
      B block = reading.apply(spec);
      if (block == null) {
        return null;
      }
      Map<Field, Value> values = new LinkedHashMap<>();
      fields.forEach(
          (field, part) -> {
            Object value = part.reading.apply(block);
            if (value != null) {
              values.put(field, valueOf(value));
            }
          });
      return values;
    }
  }

  /** Builds a field of a block. */
  static final class Part<B> {
    private final String path;
    private final String at;
    private final Function<B, @Nullable Object> reading;
    private Shape shape = Shape.PLAIN;
    private Clearing clearing = Clearing.REFUSED;
    private Default defaultValue = Default.NOTHING;

    private Part(String path, String at, Function<B, @Nullable Object> reading) {
      this.path = path;
      this.at = at;
      this.reading = reading;
    }

    Part<B> shape(Shape shape) {
      this.shape = shape;
      return this;
    }

    Part<B> clearing(Clearing clearing) {
      this.clearing = clearing;
      return this;
    }

    Part<B> defaultValue(Default defaultValue) {
      this.defaultValue = defaultValue;
      return this;
    }
  }

  private static Value valueOf(Object value) {
    return switch (value) {
      case Value known -> known;
      case String text -> Value.text(text);
      case Boolean on -> new Flag(on);
      case Integer number -> Value.number(number);
      case Double number -> new Value.Numeral(BigDecimal.valueOf(number));
      case List<?> texts -> Value.texts(texts.stream().map(String::valueOf).toList());
      case Map<?, ?> secrets -> secrets(secrets);
      default -> throw new IllegalArgumentException("no value of " + value.getClass());
    };
  }

  private static Value secrets(Map<?, ?> secrets) {
    Map<String, String> texts = new LinkedHashMap<>();
    secrets.forEach((key, secret) -> texts.put(String.valueOf(key), String.valueOf(secret)));
    return Value.secrets(texts);
  }
}
