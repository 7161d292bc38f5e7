/** ECharts with only what Nova draws; loaded when the first chart is shown. */

import { BarChart, HeatmapChart, LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import langDE from 'echarts/lib/i18n/langDE.js'
import { CanvasRenderer } from 'echarts/renderers'

const { init, registerLocale, use: register } = echarts

register([BarChart, HeatmapChart, LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent, CanvasRenderer])
registerLocale('DE', langDE)

export { init }
