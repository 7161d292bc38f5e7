export { handOver, HANDOVERS_A_PAGE, moveHandover, useHandover, useHandovers, useRenewHandovers } from './api'
