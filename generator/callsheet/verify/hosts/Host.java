import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * A batch host (see {@code batch/host.py}) for Java: one JVM that compiles programs and runs them.
 *
 * <p>Each program has a class loader, a thread group, streams, an environment and properties of its
 * own. What else it changes in the JVM, or leaves running there, makes the host say that it is
 * spent.
 *
 * <p>Its arguments: the folder in which classes are built, the class that is run, a folder of
 * libraries or nothing, and the numbers of the two pipes. It needs {@code java.io}, {@code
 * java.lang} and {@code java.util} to be opened.
 */
final class Host {
  /** Nanoseconds in which the daemons of a program that has ended must end. */
  private static final long PATIENCE = 500_000_000L;

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
  private final PrintStream err = System.err;
  private final ThreadGroup top = Thread.currentThread().getThreadGroup().getParent();
  private final List<Path> libraries;
  private final ClassLoader loader;
  private final String classes;
  private final String mainClass;
  private final Map<String, String> environment;
  private final Properties properties;
  private final Constructor<?> program;

  /** The folder of the program that runs, or null. */
  private volatile Path place;

  private Host(String classes, String mainClass, String library) throws Exception {
    this.classes = classes;
    libraries = library.isEmpty() ? List.of() : entries(Path.of(library));
    URL[] archives = new URL[libraries.size()];
    for (int index = 0; index < archives.length; index++) {
      archives[index] = libraries.get(index).toUri().toURL();
    }
    loader = new URLClassLoader(archives, ClassLoader.getPlatformClassLoader());
    this.mainClass = mainClass;
    environment = environment();
    program = hiddenProgram();
    for (Path left : entries(Path.of(""))) { // by a program that was ended with its host
      Files.delete(left);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::leave)); // where the program exits
    TimeZone.getDefault(); // sets a property
    properties = (Properties) System.getProperties().clone();
  }

  public static void main(String[] arguments) throws Exception {
    FileDescriptor orders = descriptor(arguments[3]);
    FileDescriptor answers = descriptor(arguments[4]);
    try (BufferedReader in =
            new BufferedReader(new InputStreamReader(new FileInputStream(orders), UTF_8));
        OutputStream out = new FileOutputStream(answers)) {
      Host host = new Host(arguments[0], arguments[1], arguments[2]);
      out.write("0\n".getBytes(UTF_8));
      for (String order = in.readLine(); order != null; order = in.readLine()) {
        out.write((host.carryOut(order.split("\t")) + "\n").getBytes(UTF_8));
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private String carryOut(String[] order) throws Exception {
    Path folder = Path.of(order[1]);
    if (order[0].equals("build")) {
      return build(folder, order[2]);
    }
    return run(folder, Arrays.asList(order).subList(3, order.length));
  }

  // --- build ------------------------------------------------------------------------------------

  /** Does what {@code javac -d} does in a folder. */
  private String build(Path folder, String file) throws IOException {
    Path built = Files.createDirectories(folder.resolve(classes));
    files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(built));
    Stream<Path> places = Stream.concat(Stream.of(folder), libraries.stream());
    files.setLocationFromPaths(StandardLocation.CLASS_PATH, places.collect(Collectors.toList()));
    JavaFileObject source = files.getJavaFileObjects(folder.resolve(file)).iterator().next();
    PrintWriter complaints = new PrintWriter(err);
    try {
      List<String> options = List.of("-proc:none");
      List<JavaFileObject> sources = List.of(new Source(source, file));
      boolean compiled = compiler.getTask(complaints, files, null, options, null, sources).call();
      return compiled ? "0" : "1";
    } catch (RuntimeException | Error e) { // the compiler itself failed
      e.printStackTrace(complaints);
      return "4\tspent";
    } finally {
      complaints.flush();
    }
  }

  /** A source file that the compiler calls what it is called in its folder. */
  private static final class Source extends ForwardingJavaFileObject<JavaFileObject> {
    private final String name;

    Source(JavaFileObject file, String name) {
      super(file);
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }
  }

  // --- run --------------------------------------------------------------------------------------

  private String run(Path folder, List<String> settings) throws Exception {
    environment.clear();
    Properties own = (Properties) properties.clone();
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      if (setting.startsWith("-D")) {
        own.setProperty(pair[0].substring(2), pair[1]);
      } else {
        environment.put(pair[0], pair[1]);
      }
    }
    System.setProperties(own);
    System.setIn(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    System.setOut(printer(FileDescriptor.out, "stdout"));
    System.setErr(printer(FileDescriptor.err, "stderr"));
    List<Object> state = state();
    ThreadGroup group = new ThreadGroup(top, "main");
    enter(folder);
    int status = status(group, folder.resolve(classes).toUri().toURL());
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    leave();
    if (!ended(group) || !state.equals(state()) || !valid()) {
      return status + "\tspent";
    }
    System.setErr(err);
    return Integer.toString(status);
  }

  /** Runs a program until its last thread that is no daemon has ended; its status. */
  private int status(ThreadGroup group, URL folder) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder}, this.loader)) {
      Method main;
      try {
        main = Class.forName(mainClass, false, loader).getMethod("main", String[].class);
      } catch (ReflectiveOperationException | LinkageError e) {
        System.err.println("Error: Could not find or load main class " + mainClass);
        System.err.println("Caused by: " + e);
        return 1;
      }
      main.setAccessible(true);
      AtomicBoolean returned = new AtomicBoolean();
      MethodHandle handle = MethodHandles.lookup().unreflect(main);
      Thread thread = (Thread) program.newInstance(group, handle, returned);
      thread.setContextClassLoader(loader);
      thread.start();
      Thread host = Thread.currentThread();
      Optional<Thread> next = Optional.of(thread);
      while (next.isPresent()) {
        next.get().join();
        next = threads(top).filter(each -> each != host && !each.isDaemon()).findAny();
      }
      return returned.get() ? 0 : 1;
    }
  }

  /** A program's main thread: loaded as a hidden class, which no stack trace shows. */
  static final class Program extends Thread {
    private final MethodHandle main;
    private final AtomicBoolean returned;

    Program(ThreadGroup group, MethodHandle main, AtomicBoolean returned) {
      super(group, "main");
      this.main = main;
      this.returned = returned;
    }

    @Override
    public void run() {
      Program.<RuntimeException>call(main);
      returned.set(true);
    }

    /** Throws what the program throws, as it is. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void call(MethodHandle main) throws E {
      try {
        main.invokeExact(new String[0]);
      } catch (Throwable e) {
        throw (E) e;
      }
    }
  }

  private static Constructor<?> hiddenProgram() throws Exception {
    try (InputStream in = Host.class.getResourceAsStream(Program.class.getName() + ".class")) {
      Class<?> hidden =
          MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true).lookupClass();
      Constructor<?> found =
          hidden.getDeclaredConstructor(ThreadGroup.class, MethodHandle.class, AtomicBoolean.class);
      found.setAccessible(true);
      return found;
    }
  }

  // --- the folder -------------------------------------------------------------------------------

  /** Puts what lies in a program's folder into that of the JVM, which cannot go to another one. */
  private void enter(Path folder) throws IOException {
    place = folder;
    for (Path entry : entries(folder)) {
      Files.createSymbolicLink(entry.getFileName(), entry);
    }
  }

  /** Empties the folder of the JVM; what the program has made there is moved to its own. */
  private void leave() {
    try {
      for (Path entry : place == null ? List.<Path>of() : entries(Path.of(""))) {
        if (Files.isSymbolicLink(entry)) {
          Files.delete(entry);
        } else {
          Files.move(entry, place.resolve(entry), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    place = null;
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.collect(Collectors.toList());
    }
  }

  // --- what a program leaves behind -------------------------------------------------------------

  /**
   * Ends a program's daemons, as the end of its process would; says whether all have ended. Those
   * of a library stay: a program that has one starts none itself.
   */
  private boolean ended(ThreadGroup group) throws InterruptedException {
    if (!libraries.isEmpty()) {
      return ForkJoinPool.commonPool().isQuiescent();
    }
    long until = System.nanoTime() + PATIENCE;
    while (threads(group).anyMatch(Host::busy) || !ForkJoinPool.commonPool().isQuiescent()) {
      if (System.nanoTime() > until) {
        return false;
      }
      threads(group).forEach(Thread::interrupt); // makes an HttpClient stop
      Thread.sleep(1);
    }
    return true;
  }

  /** Whether a thread may still do something: those of the pool that all programs share wait. */
  private static boolean busy(Thread thread) {
    return !(thread instanceof ForkJoinWorkerThread)
        || ((ForkJoinWorkerThread) thread).getPool() != ForkJoinPool.commonPool();
  }

  private static Stream<Thread> threads(ThreadGroup group) {
    Thread[] found = new Thread[group.activeCount() + 64];
    return Stream.of(found).limit(group.enumerate(found));
  }

  /** What all programs of a JVM have in common. */
  private static List<Object> state() {
    return Arrays.asList(
        System.getProperties().clone(),
        Authenticator.getDefault(),
        CookieHandler.getDefault(),
        HttpURLConnection.getFollowRedirects(),
        ProxySelector.getDefault(),
        ResponseCache.getDefault(),
        Locale.getDefault(),
        Locale.getDefault(Locale.Category.DISPLAY),
        Locale.getDefault(Locale.Category.FORMAT),
        TimeZone.getDefault(),
        Thread.getDefaultUncaughtExceptionHandler());
  }

  /** Whether no program has closed what it shares with the next. */
  private static boolean valid() {
    return Stream.of(FileDescriptor.in, FileDescriptor.out, FileDescriptor.err)
        .allMatch(FileDescriptor::valid);
  }

  // --- the JVM ----------------------------------------------------------------------------------

  /** The environment that {@code System.getenv} shows; it can be written. */
  @SuppressWarnings("unchecked")
  private static Map<String, String> environment() throws ReflectiveOperationException {
    Object shown = System.getenv();
    Field field = shown.getClass().getDeclaredField("m");
    field.setAccessible(true);
    return (Map<String, String>) field.get(shown);
  }

  /** A stream as the JVM makes those that a process starts with: what is not flushed is lost. */
  private static PrintStream printer(FileDescriptor file, String name) throws IOException {
    String fallback =
        System.getProperty("sun." + name + ".encoding", Charset.defaultCharset().name());
    String encoding = System.getProperty(name + ".encoding", fallback);
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(file), 128), true, encoding);
  }

  private static FileDescriptor descriptor(String number) throws ReflectiveOperationException {
    Constructor<FileDescriptor> make = FileDescriptor.class.getDeclaredConstructor(int.class);
    make.setAccessible(true);
    return make.newInstance(Integer.parseInt(number));
  }
}
