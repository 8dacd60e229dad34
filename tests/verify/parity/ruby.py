"""Ruby programs that misbehave."""

from __future__ import annotations

from .harness import Table, end, instead, without

TABLE = Table(
    "ruby",
    "response",
    {
        "an exit status": end("exit 3\n"),
        "an end without handlers": end("at_exit { puts 'no' }\nexit! 4\n"),
        "a message as its end": end("abort 'no good'\n"),
        "a signal": end("Process.kill(:KILL, Process.pid)\nsleep\n"),
        "a signal that is raised": end("Process.kill(:TERM, Process.pid)\nsleep\n"),
        "an exception": end("raise ArgumentError, 'boom'\n"),
        "an exception within another": end("def deep = raise('a')\ndeep rescue raise('b')\n"),
        "a misspelled name": end("response.bodi\n"),
        "a syntax error": end("puts((\n"),
        "an endless loop": end("loop {}\n"),
        "a thread": end("Thread.new { sleep 0.3; puts 'late' }.join\n"),
        "a thread that is not waited for": end("Thread.new { sleep 5; puts 'never' }\n"),
        "a thread that fails": end("Thread.new { raise 'boom' }.join\n"),
        "late output": end("at_exit { puts 'bye' }\n"),
        "an exit status that is changed late": end("at_exit { exit 5 }\nraise 'boom'\n"),
        "a missing import": without('require "json"\n'),
        "a library that is loaded late": lambda program: (
            "puts Digest::MD5.hexdigest('')\n" + program
        ),
        "a require that comes too late": lambda program: "JSON.parse('1')\n" + program,
        "a require in the middle": end("require 'set'\nputs Set[1].size\nrequire 'erb'\n"),
        "a require of nothing": lambda program: "require 'no/such/library'\n" + program,
        "a list of what is loaded": end("puts $LOADED_FEATURES.size\n"),
        "a short list of what is loaded": end('puts $".grep("openssl.rb").size\n'),
        "an unset variable": lambda program: program.replace("_API_KEY", "_APIKEY"),
        "a changed global": end(
            "$stdout.sync = true\n$, = '-' rescue nil\nDir.chdir('/')\n"
            "class String\n  def to_json(*) = '0'\nend\nclass Net::HTTP\n  def request = nil\nend\n"
        ),
        "a global of another": end("puts $found.inspect\n$found = 1\n"),
        "no environment before its call": instead("http = ", "key = ENV.to_h\nENV.clear\nhttp = "),
        "reading stdin": end("puts $stdin.read.size, gets.inspect\n"),
        "3 MB of output": end("puts 'x' * 3_000_000\n"),
        "output to a descriptor": end("print 'a'\n$stdout.flush\nIO.for_fd(1).syswrite('b')\n"),
        "a process that stays": end("spawn('sleep', '300', pgroup: true)\n"),
        "another program in its place": end("exec 'sh', '-c', 'echo $0; exit 7'\n"),
        "a fork": end("puts 'a'\nfork { puts 'b' }\nProcess.wait\n"),
        "a folder that is gone": end("require 'fileutils'\nFileUtils.rm_rf(Dir.pwd)\n"),
        "a second call": end("Net::HTTP.get(URI('https://api.clawdrouter.example/'))\n"),
        "its own name": end("p __FILE__, $0, __FILE__ == $0, ARGV, self\np __dir__ == Dir.pwd\n"),
        "a method of its own": end(
            "def own = 1\nputs self.class.private_method_defined?(:own)\n"
            "module More\n  refine(Integer) { def more = 2 }\nend\n"
            "using More\nputs 1.more\nreturn\n"
        ),
        "its data": end("puts DATA.read\n__END__\nhello\n"),
        "a file beside it": end(
            "File.write('beside.rb', 'BESIDE = 1')\nrequire_relative 'beside'\nputs BESIDE\n"
        ),
        "a constant of another": end("puts defined?(BESIDE).inspect\n"),
    },
    alone=frozenset(
        {
            "a list of what is loaded",
            "a short list of what is loaded",
            "no environment before its call",
            "its data",
        }
    ),
)
