# frozen_string_literal: true

# ruby -r ruby.rb: every TCP connection of the process goes to CALLSHEET_PORT on loopback.
# TLS is set up above it, so SNI, the Host line and the check of the certificate stay those of the
# host that the program named; and no name is looked up, as Net::HTTP does before it takes a proxy.
require "socket"

module Callsheet
  class << self
    # A process that runs several programs sets it anew for each.
    attr_accessor :port

    def here
      ["127.0.0.1", port]
    end
  end

  self.port = Integer(ENV.fetch("CALLSHEET_PORT"))

  # TCPSocket.new and TCPSocket.open.
  module Connection
    def initialize(_host, _port = nil, *_local, **options)
      super(*Callsheet.here, **options)
    end
  end

  # Socket.tcp.
  module Streams
    def tcp(_host, _port, *_local, **options, &block)
      super(*Callsheet.here, **options, &block)
    end
  end
end

TCPSocket.prepend(Callsheet::Connection)
Socket.singleton_class.prepend(Callsheet::Streams)
